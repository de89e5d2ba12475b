"""What DBOS knows us and our jobs by. All of it is written in the database: a change strands what waits there."""

from typing import Final

APPLICATION: Final = "calepin"

# Jobs wait for a worker of their own version. Raise it only when a job's name or argument changes its meaning; what
# still waits under another version is then put again by the sweep. DBOS's default, a hash of the source, would
# strand every waiting job at each upgrade.
VERSION: Final = "1"
