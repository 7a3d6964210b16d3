"""Articles: collected, sent to Specter, their numbers checked and corrected."""
