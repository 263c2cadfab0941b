"""Every file that a transcription can be taken away as."""
