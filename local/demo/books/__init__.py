"""Money of the demo after the licenses: statements, closed months, payouts, distributions, invoices, claims."""
