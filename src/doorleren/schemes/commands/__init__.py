"""The one act on published versions: publishing one."""
