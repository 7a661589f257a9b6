"""That nothing was changed, proved to somebody who does not trust us."""
