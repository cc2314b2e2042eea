"""The window: what a person sees and touches. It asks `granola_like.app` for everything else."""
