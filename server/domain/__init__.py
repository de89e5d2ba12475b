"""Pure values and rules of the business: the standard library only, no clock, no database, no wire."""
