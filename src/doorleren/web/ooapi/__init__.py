"""The register as Open Onderwijs API, version 5, under /ooapi/v5: reading only, for who speaks that standard."""
