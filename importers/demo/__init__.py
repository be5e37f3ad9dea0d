"""The demonstration: some forty fictional services in real communes, and the way they come into the directory."""
