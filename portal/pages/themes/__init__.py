"""The pages of themes: what each family of services is, its kinds, and all that is offered."""
