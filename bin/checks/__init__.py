"""The static checks behind bin/check."""
