"""The sandbox's HTTP servers, the faults that they make on request, and their options."""
