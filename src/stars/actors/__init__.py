"""Who acts: a person in a role, in plain values. Every operation takes one as `by`."""
