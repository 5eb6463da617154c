# By voice an approval is read back, too, and judged again at the yes
maria   adjust RM1111 in cooler 1 bay 2 minus 3 cases damaged
  says  An adjustment of RM1111 needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Maria Lopez asks for approval 1: Adjusted romaine RM1111 in cooler 1 bay 2 by -3 cases (damaged). An adjustment of RM1111 needs another person's approval.
priya/voice approve one
  says  R M 1 1 1 1 was not counted lately. What did you check?
  asks  note
priya/voice checked it myself
  says  Approve request 1: Adjusted romaine R M 1 1 1 1 in cooler 1 bay 2 by -3 cases (damaged). Right?
  asks  confirm
priya/voice no
  says  Dropped. Nothing posted.
stock   RM1111 C1-02 30 case
priya/voice approve request one checked it myself
  says  Approve request 1: Adjusted romaine R M 1 1 1 1 in cooler 1 bay 2 by -3 cases (damaged). Right?
  asks  confirm
priya/voice yes
  says  Request 1 approved. Adjusted romaine R M 1 1 1 1 in cooler 1 bay 2 by -3 cases (damaged).
  posts 34 adjust approved by priya RM1111 ADJUSTMENT 3 case RM1111 C1-02 -3 case
  tells person:maria: Request 1 was approved by Priya Nair. checked it myself
stock   RM1111 C1-02 27 case
# A report that was open meanwhile is dropped in words
maria   adjust RM1111 in cooler 1 bay 2 minus 2 cases damaged
  says  An adjustment of RM1111 needs another person's approval. Request 2 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Maria Lopez asks for approval 2: Adjusted romaine RM1111 in cooler 1 bay 2 by -2 cases (damaged). An adjustment of RM1111 needs another person's approval.
priya/voice moved two cases of romaine romeo mike eleven oh seven from cooler one bay one to line two
  says  Moved 2 cases of romaine R M 1 1 0 7 from cooler 1 bay 1 to line 2. Right?
  asks  confirm
priya/voice approve request two checked it myself
  says  Dropped. Nothing posted. Approve request 2: Adjusted romaine R M 1 1 1 1 in cooler 1 bay 2 by -2 cases (damaged). Right?
  asks  confirm
priya/voice yes
  says  Request 2 approved. Adjusted romaine R M 1 1 1 1 in cooler 1 bay 2 by -2 cases (damaged).
  posts 35 adjust approved by priya RM1111 ADJUSTMENT 2 case RM1111 C1-02 -2 case
  tells person:maria: Request 2 was approved by Priya Nair. checked it myself
priya/voice yes
  says  Nothing is waiting for an answer.
stock   RM1111 C1-02 25 case
# A note is asked for in the middle of a report, and the report goes on
maria   adjust RM1111 in cooler 1 bay 2 minus 1 case damaged
  says  An adjustment of RM1111 needs another person's approval. Request 3 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Maria Lopez asks for approval 3: Adjusted romaine RM1111 in cooler 1 bay 2 by -1 case (damaged). An adjustment of RM1111 needs another person's approval.
anna    used 2 cases of chicken on 4475
  says  Used 2 cases of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
anna    approve 3
  says  RM1111 was not counted within the last 24 hours. Add a note to approve request 3: what did you check?
  asks  note
anna    looked myself
  says  Request 3 approved by Anna Kowalski. Adjusted romaine RM1111 in cooler 1 bay 2 by -1 case (damaged). Used 2 cases of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
  posts 36 adjust approved by anna RM1111 ADJUSTMENT 1 case RM1111 C1-02 -1 case
  tells person:maria: Request 3 was approved by Anna Kowalski. looked myself
anna    CB1120
  says  Used 2 cases of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 37 consume CB1120 C1-02 -2 case CB1120 WO-4475 2 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
