# A lot that the recipe does not list needs approval
deshawn used 1 case CB1120 on 4474
  says  The recipe of caesar salad kit has no chicken, so CB1120 on WO-4474 needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 1: Used 1 case of chicken CB1120 from cooler 1 bay 2 on WO-4474. The recipe of caesar salad kit has no chicken, so CB1120 on WO-4474 needs another person's approval.
anna    approve 1
  says  Request 1 approved by Anna Kowalski. Used 1 case of chicken CB1120 from cooler 1 bay 2 on WO-4474. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 34 consume approved by anna CB1120 C1-02 -1 case CB1120 WO-4474 1 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
  tells person:deshawn: Request 1 was approved by Anna Kowalski.
stock   CB1120 C1-02 15 case
