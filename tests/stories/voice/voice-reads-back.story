# By voice everything is read back before it posts
maria/voice moved three cases of romaine romeo mike eleven eleven from cooler one bay two to line two
  says  Moved 3 cases of romaine R M 1 1 1 1 from cooler 1 bay 2 to line 2. Right?
  asks  confirm
maria/voice yes
  says  Moved 3 cases of romaine R M 1 1 1 1 from cooler 1 bay 2 to line 2.
  posts 34 move RM1111 C1-02 -3 case RM1111 L2 3 case
stock   RM1111 C1-02 27 case, L2 3 case
