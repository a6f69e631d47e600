"""Statistics (统计): what a campaign came to, by region, sector and day, kept up with every change of a hazard."""

from workflows.statistics import recording as _  # noqa: F401 # it listens
