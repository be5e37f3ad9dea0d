"""A visitor says what is wrong on a sheet: no account, nothing personal asked, a receipt in return."""
