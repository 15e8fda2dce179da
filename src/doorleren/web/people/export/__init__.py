"""Everything that is kept of a person, over all files and roles, as one archive that the person takes along."""
