# A recall never loses its customer in silence
maria   used 6 cs RM1107 on 4474
  says  Used 6 cases of romaine RM1107 from cooler 1 bay 1 on WO-4474.
  posts 34 consume RM1107 C1-01 -6 case RM1107 WO-4474 6 case
maria   used 2 bags CR0930 on 4474
  says  Used 2 bags of croutons CR0930 from dry store rack 3 on WO-4474.
  posts 35 consume CR0930 D3 -2 bag CR0930 WO-4474 2 bag
maria   made 20 cases K1124 on 4474
  says  Made 20 cases of caesar salad kit K1124 on WO-4474 into line 2, expires December 1. Nothing of dressing and parmesan is recorded on WO-4474 yet.
  posts 36 produce K1124 WO-4474 -20 case K1124 L2 20 case
  tells supervisors: Nothing of dressing and parmesan is recorded on WO-4474 yet. Report what else went in. (warning 1)
maria   shipped 20 cases K1124 to fresh mart SO 7711
  says  Shipped 20 cases of caesar salad kit K1124 from line 2 to Fresh Mart DC, SO 7711. K1120 expires earlier, on November 29, and is in cooler 1 bay 2 (75 cases).
  posts 37 ship K1124 L2 -20 case K1124 CUSTOMER:FMD 20 case
  tells supervisors: K1120 expires earlier, on November 29, and is in cooler 1 bay 2 (75 cases). Use the earlier lot first. (warning 2)
maria   undo entry 34
  says  Used 6 cases of romaine RM1107 from cooler 1 bay 1 on WO-4474. Why is it taken back?
  asks  note
maria   wrong order
  says  K1124 was made with entry 34 and has shipped; taking it back would take the customer out of a recall, so it needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Request 1: Maria Lopez wants to take back: Used 6 cases of romaine RM1107 from cooler 1 bay 1 on WO-4474. (wrong order)
priya   what would a recall of RM1107 reach
  says  Romaine RM1107 reached K1124, and Fresh Mart DC. 192 lb still on hand, 100.0 % accounted for.
