# Who is not on the list is told how to be added
bob     moved 12 cs RM1107 from C1-01 to line 2
  says  “bob” is not on this plant's list of people, so nothing was posted. Ask a supervisor to add you to people.csv.
stock   RM1107 C1-01 14 case
