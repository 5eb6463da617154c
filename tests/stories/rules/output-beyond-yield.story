# Output beyond what the inputs can yield needs approval
deshawn used 1 cs RM1107 on 4474
  says  Used 1 case of romaine RM1107 from cooler 1 bay 1 on WO-4474.
  posts 34 consume RM1107 C1-01 -1 case RM1107 WO-4474 1 case
deshawn made 50 cs caesar kits K1122 on 4474 into cooler 2 bay 1
  says  WO-4474 would have made 50 cases, more than the 7 cases that its recorded inputs can yield. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 1: Made 50 cases of K1122 on WO-4474 into cooler 2 bay 1, expires December 1. WO-4474 would have made 50 cases, more than the 7 cases that its recorded inputs can yield.
priya   approve 1 the scale was off
  says  Request 1 approved by Priya Nair. Made 50 cases of caesar salad kit K1122 on WO-4474 into cooler 2 bay 1, expires December 1. Nothing of croutons, dressing and parmesan is recorded on WO-4474 yet. WO-4474 has used 24 lb of romaine; expected for 50 cases: 180 lb.
  posts 35 produce approved by priya K1122 WO-4474 -50 case K1122 C2-01 50 case
  tells supervisors: Nothing of croutons, dressing and parmesan is recorded on WO-4474 yet. Report what else went in. (warning 1)
  tells supervisors: WO-4474 has used 24 lb of romaine; expected for 50 cases: 180 lb. Report what else went in. (warning 2)
  tells person:deshawn: Request 1 was approved by Priya Nair. the scale was off
stock   K1122 C2-01 50 case
