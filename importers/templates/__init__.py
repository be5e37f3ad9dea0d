"""Our own spreadsheets: their columns as data, which the sources read by, and the workbooks people fill in.

GENERAL.names                            our word -> the names its column may have
write_workbook(GENERAL, vocabulary)      the empty workbook, the same bytes each time
"""
