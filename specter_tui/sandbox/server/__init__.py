"""The sandbox's HTTP servers, their faults on request, and their options."""
