# After the finish any report needs approval
deshawn used 5 cs RM1107 on 4474
  says  Used 5 cases of romaine RM1107 from cooler 1 bay 1 on WO-4474.
  posts 34 consume RM1107 C1-01 -5 case RM1107 WO-4474 5 case
deshawn closing out WO-4474
  says  WO-4474 is finished. WO-4474 is finished with 0 cases made, 150 cases planned. The yield of romaine on WO-4474 is 0 %, expected 92 %.
  posts 35 finish
  tells supervisors: WO-4474 is finished with 0 cases made, 150 cases planned. Check whether output was not reported. (warning 1)
  tells supervisors: The yield of romaine on WO-4474 is 0 %, expected 92 %. Look for waste, or for a report that is missing or wrong. (warning 2)
deshawn used 1 bag croutons CR0930 on 4474
  says  WO-4474 is finished; a report on it needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 1: Used 1 bag of croutons CR0930 from dry store rack 3 on WO-4474. WO-4474 is finished; a report on it needs another person's approval.
walt    approve 1
  says  Request 1 approved by Walt Hughes. Used 1 bag of croutons CR0930 from dry store rack 3 on WO-4474.
  posts 36 consume approved by walt CR0930 D3 -1 bag CR0930 WO-4474 1 bag
  tells person:deshawn: Request 1 was approved by Walt Hughes.
