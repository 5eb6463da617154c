# By voice taking back is read back, too
maria/voice scrap one case of cilantro charlie lima eleven twenty slimy
  says  Scrapped 1 case of cilantro C L 1 1 2 0 from cooler 1 bay 3 (spoiled). Right?
  asks  confirm
maria/voice yes
  says  Scrapped 1 case of cilantro C L 1 1 2 0 from cooler 1 bay 3 (spoiled).
  posts 34 scrap CL1120 C1-03 -1 case CL1120 SCRAP 1 case
maria/voice undo that
  says  Take back: Scrapped 1 case of cilantro C L 1 1 2 0 from cooler 1 bay 3 (spoiled). Right?
  asks  confirm
maria/voice yes
  says  Taken back: Scrapped 1 case of cilantro C L 1 1 2 0 from cooler 1 bay 3 (spoiled).
  posts 35 scrap takes back 34 CL1120 C1-03 1 case CL1120 SCRAP -1 case
stock   CL1120 C1-03 7 case
