"""Invented worlds with a known truth, the same ones for the same seed. Seeds below 100 and 1000-1099 were for development;
figures are printed for others, that nothing was tuned on."""
