"""Files and clocks beside the journal: result spool, high-water log, disk reserve, lease clock, operators."""
