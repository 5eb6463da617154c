# Output with nothing recorded as used is refused
deshawn made 30 cs pico P1122 on 4473 into cooler 1 bay 2
  says  Nothing is recorded as used on WO-4473 yet. Nothing posted. Report first what went in.
