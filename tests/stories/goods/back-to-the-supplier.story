# Goods go back to a supplier with a reason; what is on hold with another person's approval
tom     returned 3 cases CB1120 to oakline, bad temperature, RMA 17
  says  Sent 3 cases of chicken CB1120 from cooler 1 bay 2 back to Oakline Poultry, RMA 17 (spoiled).
  posts 34 supplier_return CB1120 C1-02 -3 case CB1120 SUPPLIER:OAK 3 case
tom     sent 4 cases of RM1107 back to green valley
  says  Sent back 4 cases of romaine RM1107 to Green Valley Farms: why?
  asks  reason: contamination | damaged | past date | miscount | wrong label | receiving error
tom     spoiled
  says  Sent 4 cases of romaine RM1107 from cooler 1 bay 1 back to Green Valley Farms (spoiled).
  posts 35 supplier_return RM1107 C1-01 -4 case RM1107 SUPPLIER:GVF 4 case
tom     sent 2 cases of CB1109 back to oakline, spoiled
  says  CB1109 is on hold; sending it back needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Tom Becker asks for approval 1: Sent 2 cases of chicken CB1109 from QA hold cage back to Oakline Poultry (spoiled). CB1109 is on hold; sending it back needs another person's approval.
tom     sent 40 cases of CB1120 back to oakline, spoiled
  says  There are 13 cases (520 lb) of CB1120 in cooler 1 bay 2, less than 40 cases. Nothing posted. Say how much there was, or count it.
walt    approve 1
  says  Request 1 approved by Walt Hughes. Sent 2 cases of chicken CB1109 from QA hold cage back to Oakline Poultry (spoiled).
  posts 36 supplier_return approved by walt CB1109 HOLD -2 case CB1109 SUPPLIER:OAK 2 case
  tells person:tom: Request 1 was approved by Walt Hughes.
stock   CB1120 C1-02 13 case
stock   CB1109 nowhere
