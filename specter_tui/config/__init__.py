"""Settings: their meaning, how they are read, and the files that contain them."""
