"""What is practised of a lick: keys, exercises, words of a coach, marks, and when it comes back."""
