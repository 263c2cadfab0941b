"""Reference against estimate, in the field's usual measures."""
