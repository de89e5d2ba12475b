"""The brief in each form that a device may ask for."""
