"""The processes that listen: workers, and the scheduler beside them."""
