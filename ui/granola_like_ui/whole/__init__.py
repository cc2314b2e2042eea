"""Nothing of its own: pictures of the parts together, as a person sees them."""
