"""What can be done to the directory: one plain function a verb; none commits, each says who, when and why."""
