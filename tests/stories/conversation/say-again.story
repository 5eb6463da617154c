# Say again repeats the last answer
maria/voice moved three cases of romaine romeo mike eleven eleven from cooler one bay two to line two
  says  Moved 3 cases of romaine R M 1 1 1 1 from cooler 1 bay 2 to line 2. Right?
  asks  confirm
maria/voice say again
  says  Moved 3 cases of romaine R M 1 1 1 1 from cooler 1 bay 2 to line 2. Right?
  asks  confirm
maria/voice no
  says  Dropped. Nothing posted.
