# What a customer sends back goes on hold, and a recall counts it as returned
deshawn shipped 4 cs K1120 to fresh mart SO 5519
  says  Shipped 4 cases of caesar salad kit K1120 from cooler 1 bay 2 to Fresh Mart DC, SO 5519.
  posts 34 ship K1120 C1-02 -4 case K1120 CUSTOMER:FMD 4 case
deshawn fresh mart sent back 2 cases of K1120, SO 5519, damaged
  says  Took 2 cases of caesar salad kit K1120 back from Fresh Mart DC into QA hold cage, SO 5519 (damaged).
  posts 35 customer_return K1120 CUSTOMER:FMD -2 case K1120 HOLD 2 case
deshawn got 1 case of K1120 back from fresh mart into c1-01
  says  K1120 comes back from a customer, and goes to a hold place unless another person agrees. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 1: Took 1 case of caesar salad kit K1120 back from Fresh Mart DC into cooler 1 bay 1. K1120 comes back from a customer, and goes to a hold place unless another person agrees.
deshawn corner deli sent back 5 cases of K1120
  says  More of K1120 would come back than this customer has: the books say 0 cases. Request 2 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 2: Took 5 cases of caesar salad kit K1120 back from Corner Deli Co-op into QA hold cage. More of K1120 would come back than this customer has: the books say 0 cases.
deshawn sent back 2 cases of K1120 to fresh mart
  says  I am not sure that I understood all of that. Took 2 cases of caesar salad kit K1120 back from Fresh Mart DC into QA hold cage. Right?
  asks  confirm
stock   K1120 C1-02 71 case, HOLD 2 case
