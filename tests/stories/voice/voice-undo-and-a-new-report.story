# A report in the middle of taking back: it is a report, and what was posted stays
maria/voice scrap one case of cilantro charlie lima eleven twenty slimy
  says  Scrapped 1 case of cilantro C L 1 1 2 0 from cooler 1 bay 3 (spoiled). Right?
  asks  confirm
maria/voice yes
  says  Scrapped 1 case of cilantro C L 1 1 2 0 from cooler 1 bay 3 (spoiled).
  posts 34 scrap CL1120 C1-03 -1 case CL1120 SCRAP 1 case
maria/voice undo that
  says  Take back: Scrapped 1 case of cilantro C L 1 1 2 0 from cooler 1 bay 3 (spoiled). Right?
  asks  confirm
maria/voice moved two cases of romaine romeo mike eleven oh seven from cooler one bay one to line two
  says  What was posted before stays. Moved 2 cases of romaine R M 1 1 0 7 from cooler 1 bay 1 to line 2. Right?
  asks  confirm
maria/voice yes
  says  Moved 2 cases of romaine R M 1 1 0 7 from cooler 1 bay 1 to line 2.
  posts 35 move RM1107 C1-01 -2 case RM1107 L2 2 case
stock   CL1120 C1-03 6 case
# So it is with a correction: it is said of the last report, which now is another one
maria/voice no, three
  says  Corrected. Moved 3 cases of romaine R M 1 1 0 7 from cooler 1 bay 1 to line 2. Right?
  asks  confirm
maria/voice used one case of romaine romeo mike eleven oh seven from line two on four four seven four
  says  What was posted before stays. Used 1 case of romaine R M 1 1 0 7 from line 2 on W O 4 4 7 4. Right?
  asks  confirm
maria/voice yes
  says  Used 1 case of romaine R M 1 1 0 7 from line 2 on W O 4 4 7 4.
  posts 36 consume RM1107 L2 -1 case RM1107 WO-4474 1 case
stock   RM1107 C1-01 12 case, L2 1 case
# What is said together with an undo is dropped in words, and what is asked is answered
maria/voice undo that and moved one case of romaine romeo mike eleven oh seven from cooler one bay one to line two
  says  Dropped. Nothing posted. Take back: Used 1 case of romaine R M 1 1 0 7 from line 2 on W O 4 4 7 4. Right?
  asks  confirm
maria/voice yes
  says  Taken back: Used 1 case of romaine R M 1 1 0 7 from line 2 on W O 4 4 7 4.
  posts 37 consume takes back 36 RM1107 L2 1 case RM1107 WO-4474 -1 case
maria/voice undo that
  says  Take back: Moved 2 cases of romaine R M 1 1 0 7 from cooler 1 bay 1 to line 2. Right?
  asks  confirm
maria/voice where is romeo mike eleven oh seven
  says  Romaine R M 1 1 0 7: 12 cases in cooler 1 bay 1 and 2 cases at line 2. Back to what was open. Take back: Moved 2 cases of romaine R M 1 1 0 7 from cooler 1 bay 1 to line 2. Right?
  asks  confirm
maria/voice no
  says  What was posted before stays.
stock   RM1107 C1-01 12 case, L2 2 case
