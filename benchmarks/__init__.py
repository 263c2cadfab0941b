"""The measurements that the README quotes, one command each."""
