# A thumb up is the yes to an open question for a yes or no, and nothing else
maria   used 40 lb RM1107 on 4474
  says  Used 40 lb of romaine RM1107 from cooler 1 bay 1 on WO-4474.
  posts 34 consume RM1107 C1-01 -40 lb RM1107 WO-4474 40 lb
maria   👍
  says  
maria   made 2 cs on 4474
  says  Made 2 cases on WO-4474: the new lot would be K1122. Is that right, or which code is on it?
  asks  lot: K1122
maria   :+1::skin-tone-3:
  says  Made 2 cases of caesar salad kit K1122 on WO-4474 into line 2, expires December 1. Nothing of croutons, dressing and parmesan is recorded on WO-4474 yet.
  posts 35 produce K1122 WO-4474 -2 case K1122 L2 2 case
  tells supervisors: Nothing of croutons, dressing and parmesan is recorded on WO-4474 yet. Report what else went in. (warning 1)
maria   :+1:
  says  
