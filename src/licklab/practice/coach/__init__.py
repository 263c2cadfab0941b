"""A coach for a lick: what happens, why it works, what to practise, what to listen for."""
