"""Ledgers worked by hand: what is written, how each claim stands on days 1 to 12, and why.

A sign a day: `.` not yet, `p` possible, `D` definite, `~` presumed, `!` contested, `x` ended. `e+` is
the state that follows from event `e`. A cut stands behind the name: `recorded a`, `published 5`.
"""

from __future__ import annotations

from typing import NamedTuple

from enumeration_ledgers import Answers, Cut, Written, read


class Case(NamedTuple):
    """A ledger, and how its claims stand."""

    name: str
    reason: str
    written: Written
    cut: Cut
    wanted: Answers


TEXT = """
# an event of a known day
It had happened from that day on.
p on 6
e: event visit ann 4 by p
= e ...DDDDDDDDD

# an event within days
Possible from the first, definite from the last.
p on 8
e: event visit ann 3-5 by p
= e ..ppDDDDDDDD

# told before its date is over
What is told as past had happened when it was told.
p on 5
e: event visit ann 3-8 by p
= e ..ppDDDDDDDD

# told by a source of doubtful day
It had happened by the last day on which the source can have been published.
p on 4-6
e: event visit ann 3-8 by p
= e ..pppDDDDDDD

# told by two sources
The first of them settles it.
p on 7
q on 5
e: event visit ann 3-8 by p
c: corroborate e by q
= e ..ppDDDDDDDD

# a doubtful day
A qualified date is settled by the source, not before it.
p on 7
e: event visit ann 4~ by p
= e ...pppDDDDDD

# a planned event
A plan settles nothing: possible at most.
p on 3
e: event visit ann 5 by p planned
= e ....pppppppp

# a hypothetical event
It keeps the dates of the idea, which its publication does not cut.
p on 4
e: event visit ann 3-5 by p hypothetical
= e ..ppDDDDDDDD

# a denied event
It did not happen on any of its days, so by none of them.
p on 4
e: event visit ann 3-5 by p denied
= e ..DDDDDDDDDD

# an event after the publication of who denies it
Nobody denies what is not yet there to be denied.
p on 4
q on 9
e: event visit ann 3-8 by p denied
x: event visit ann 6 by q
= e ..DDDDDDDDDD
= x .....DDDDDDD

# a count that is told before its period is over
A later count of more, over all of the period, can be right beside it.
p on 4
q on 9
t: tally visit ann 1 -> 8 by p count=2
x: tally visit ann 1 -> 8 by q count=3
= t pppppppDDDDD
= x pppppppDDDDD

# none counted up to the present, from some day on
Before the last day on which the count can have begun, one can have come.
p on 8
e: event visit ann 3 by p
t: tally visit ann 2-5 -> .. by p count=0
= e ..DDDDDDDDDD
= t .pppDDDDDDDD

# no later than a day
No first day is known; the source settles the last.
p on 3
e: event visit ann -5 by p
= e ppDDDDDDDDDD

# no earlier than a day
The source settles the last day.
p on 6
e: event visit ann 3- by p
= e ..pppDDDDDDD

# a state of known days
Definite from the first to the last, both included.
p on 8
a: state office ann 2 -> 5 by p
= a .DDDDxxxxxxx

# a state of vague days
Definite from the last day of its start to the first of its end.
p on 9
a: state office ann 2-4 -> 6-8 by p
= a .ppDDDppxxxx

# an open end
Vouched for up to the publication, presumed after it.
p on 5
a: state office ann 2 -> .. by p
= a .DDDD~~~~~~~

# an open end, told on a doubtful day
Vouched for up to the first day on which the source can have been published.
p on 5-7
a: state office ann 2 -> .. by p
= a .DDDD~~~~~~~

# a vague start, told before it is over
What is told as holding had begun when it was told, and held then.
p on 5
a: state office ann 2-9 -> .. by p
= a .pppD~~~~~~~

# an unknown start
It held when it was told.
p on 5
a: state office ann ? -> .. by p
= a ppppD~~~~~~~

# an open start
It held from ever.
p on 5
a: state office ann .. -> .. by p
= a DDDDD~~~~~~~

# an unknown end
It held on its first day; nobody knows how long.
p on 5
a: state office ann 2 -> ? by p
= a .Dpppppppppp

# a vague start and an unknown end
There is no day on which it held in all ways.
p on 5
a: state office ann 2-3 -> ? by p
= a .ppppppppppp

# an unknown start and a known end
It held on its last day.
p on 8
a: state office ann ? -> 6 by p
= a pppppDxxxxxx

# an unknown start and a vague end
It can have begun on the last of the days on which it can have ended.
p on 8
a: state office ann ? -> 5-7 by p
= a pppppppxxxxx

# a start and an end that overlap
It can have begun after the day on which it else ended.
p on 9
a: state office ann 2-6 -> 4-8 by p
= a .pppppppxxxx

# an end after the publication
A planned end: vouched for up to the publication, presumed up to the end.
p on 5
a: state office ann 2 -> 9 by p
= a .DDDD~~~~xxx

# a vague end after the publication
Presumed up to its first day, possible up to its last.
p on 5
a: state office ann 2 -> 8-10 by p
= a .DDDD~~~ppxx

# a doubtful start
The source that tells of it settles that it had begun.
p on 6
a: state office ann 3~ -> .. by p
= a ..pppD~~~~~~

# a planned state
Possible on its days, and nothing more.
p on 2
a: state office ann 4 -> 8 by p planned
= a ...pppppxxxx

# a source without a day
It cannot tell of the state before it began.
p on ?
a: state office ann 4 -> .. by p
= a ...D~~~~~~~~

# a denied state
What stands is the denial, with dates like others.
p on 5
a: state level land 2 -> .. by p value=high denied
= a .DDDD~~~~~~~

# a hypothetical state
It has its own dates.
p on 8
a: state office ann 2-4 -> 6 by p hypothetical
= a .ppDDDxxxxxx

# a state that is closed
It held to the day that the closing source tells.
p on 5
q on 9
a: state office ann 2 -> .. by p
c: close a 7 by q
= a .DDDDDDxxxxx

# a close later than the end that was told
It had begun before the end that its own source tells.
p on 11
b: state office ann -3 -> 2 by p
x: close b 6 by p
= b pDDDDDxxxxxx

# none counted from ever
So on every day.
p on 9
a: tally visit ann .. -> .. by p count=0
= a DDDDDDDDDDDD

# a close after its source
It vouches up to its own day and plans the rest.
p on 5
q on 7
a: state office ann 2 -> .. by p
c: close a 9 by q
= a .DDDDDD~~xxx

# a planned end that came earlier
A plan binds nobody: the later report counts.
p on 5
q on 8
a: state office ann 2 -> 9 by p
c: close a 6 by q
= a .DDDDDxxxxxx

# two birth days
Between them one says that it had happened, the other that it had not.
p on 9
q on 9
a: event born ann 4 by p
b: event born ann 8 by q
= a ...!!!!DDDDD
= b ...!!!!DDDDD

# two births that can be one
Both are right within the days that they share.
p on 9
q on 9
a: event born ann 3-6 by p
b: event born ann 5-8 by q
= a ....pDDDDDDD
= b ....pDDDDDDD

# two sources against one
Those that agree are one standing, contested by the third.
p on 9
q on 9
a: event born ann 4 by p
b: event born ann 4 by q
c: event born ann 8 by q
= a ...!!!!DDDDD
= b ...!!!!DDDDD
= c ...!!!!DDDDD

# two births in windows that do not meet
Contested where one had surely happened and the other surely not.
p on 9
a: event born ann 2-3 by p
b: event born ann 6-7 by p
= a .p!!!DDDDDDD
= b ..!!!pDDDDDD

# a birth that agrees with two that differ
It joins one of them, by what is said and not by when it was read.
p on 9
a: event born ann 2-4 by p
b: event born ann 4-6 by p
c: event born ann 6-8 by p
= a ...!!DDDDDDD
= b ...!!DDDDDDD
= c ...!!ppDDDDD

# births of two people
They are two things.
p on 9
a: event born ann 4 by p
b: event born bob 8 by p
= a ...DDDDDDDDD
= b .......DDDDD

# visits that a reader calls the same
One visit, on the day that both allow.
p on 9
a: event visit ann 3-5 by p
b: event visit ann 5-8 by p
i: same a b
= a ....DDDDDDDD
= b ....DDDDDDDD

# the same, and then different
The last word counts.
p on 9
a: event visit ann 3-5 by p
b: event visit ann 5-8 by p
i: same a b
j: different a b
= a ..ppDDDDDDDD
= b ....pppDDDDD

# visits are not the same by themselves
She can have come twice.
p on 9
a: event visit ann 3 by p
b: event visit ann 6 by p
= a ..DDDDDDDDDD
= b .....DDDDDDD

# visits called the same that cannot be one
Contested on the days between.
p on 9
a: event visit ann 3 by p
b: event visit ann 6 by p
i: same a b
= a ..!!!DDDDDDD
= b ..!!!DDDDDDD

# births called different
A word of a reader stands above the rule of the type.
p on 9
a: event born ann 4 by p
b: event born ann 8 by p
i: different a b
= a ...DDDDDDDDD
= b .......DDDDD

# one office told by two
One standing, vouched for by the newer source.
p on 5
q on 9
a: state office ann 2 -> .. by p
b: state office ann 2 -> .. by q
= a .DDDDDDDD~~~
= b .DDDDDDDD~~~

# ended by one, held to this day by the other
Contested from the day after the end on.
p on 6
q on 9
a: state office ann 2 -> 5 by p
b: state office ann 2 -> .. by q
= a .DDDD!!!!!!!
= b .DDDD!!!!!!!

# two starts of one office
Contested between them; then each by its own source.
p on 6
q on 9
a: state office ann 2 -> .. by p
b: state office ann 4 -> .. by q
= a .!!DDD~~~~~~
= b .!!DDDDDD~~~

# two vague starts that meet
The narrowest window of the two.
p on 6
q on 9
a: state office ann 2-4 -> .. by p
b: state office ann 3-7 -> .. by q
= a ..pDDDDDD~~~
= b ..pDDDDDD~~~

# two terms with time between
Two stretches, not one that is contested.
p on 4
q on 10
a: state office ann 1 -> 3 by p
b: state office ann 6 -> 9 by q
= a DDDxxxxxxxxx
= b .....DDDDxxx

# two terms, one behind the other
Both can be right: the second begins as the first ends.
p on 9
a: state office ann 1 -> 4 by p
b: state office ann 4 -> 8 by p
= a DDDDxxxxxxxx
= b ...DDDDDxxxx

# an unknown start beside a known one
One standing; the known start counts for both.
p on 5
q on 9
a: state office ann ? -> .. by p
b: state office ann 3 -> .. by q
= a ..DDDDDDD~~~
= b ..DDDDDDD~~~

# a planned end, and a report of an earlier one
A plan binds nobody.
p on 5
q on 8
a: state office ann 2 -> 9 by p
b: state office ann 2 -> 7 by q
= a .DDDDDDxxxxx
= b .DDDDDDxxxxx

# a planned end that is over, and somebody who still holds
Attested after the planned end, the plan came to nothing.
p on 4
q on 9
a: state office ann 2 -> 7 by p
b: state office ann 2 -> .. by q
= a .DDDDDDDD~~~
= b .DDDDDDDD~~~

# a planned end still to come, and a newer source
Both are right: held at the newer, planned to end at the day.
p on 4
q on 6
a: state office ann 2 -> 9 by p
b: state office ann 2 -> .. by q
= a .DDDDD~~~xxx
= b .DDDDD~~~xxx

# one holder twice, another between
The two tellings cannot be of one stretch.
p on 3
q on 8
r on 9
a: state office ann ? -> .. by p
b: state office bob 5 -> 6 by q
c: state office ann ? -> .. by r
= a ppD~xxxxxxxx
= b ....DDxxxxxx
= c ......ppD~~~

# two premiers, neither with a start
Nobody is possible beside a definite holder; a presumed one ends when another surely stands.
p on 4
q on 9
a: state office ann ? -> .. by p
b: state office bob ? -> .. by q
= a pppDppppxxxx
= b ....ppppD~~~

# a later start
It takes the place of what is presumed.
p on 4
q on 9
a: state office ann 2 -> .. by p
b: state office bob 7 -> .. by q
= a .DDD~~xxxxxx
= b ......DDD~~~

# a handover on one day
It is no contradiction.
p on 9
a: state office ann 2 -> 6 by p
b: state office bob 6 -> .. by p
= a .DDDDDxxxxxx
= b .....DDDD~~~

# two holders attested on the same days
Contested on these days, and on no other.
p on 9
a: state office ann 2 -> 6 by p
b: state office bob 4 -> 9 by p
= a .DD!!!xxxxxx
= b ...!!!DDDxxx

# a vague start behind a sure holder
It cannot begin before the other's end.
p on 9
a: state office ann 2 -> 6 by p
b: state office bob 4-8 -> .. by p
= a .DDDDDxxxxxx
= b ......pDD~~~

# a vague end before a sure holder
It cannot last beyond the other's start.
p on 9
a: state office ann 2 -> 4-8 by p
b: state office bob 6 -> 9 by p
= a .DDDpxxxxxxx
= b .....DDDDxxx

# a successor with a vague start
The one presumed is possible from the day on which the other can have begun.
p on 4
q on 9
a: state office ann 2 -> .. by p
b: state office bob 6-8 -> .. by q
= a .DDD~ppxxxxx
= b .....ppDD~~~

# an unknown end before a sure holder
It had ended when the other began.
p on 3
q on 6
a: state office ann 1 -> ? by p
b: state office bob 2 -> 5 by q
= a Dxxxxxxxxxxx
= b .DDDDxxxxxxx

# both attested to one day
After it, the one that began later is presumed.
p on 5
a: state office ann 1 -> .. by p
b: state office bob 3 -> .. by p
= a DD!!!xxxxxxx
= b ..!!!~~~~~~~

# two holders from one day on, attested to one day
Nothing tells them apart, and a contest does not vanish with time.
p on 5
a: state office ann 2 -> .. by p
b: state office bob 2 -> .. by p
= a .!!!!!!!!!!!
= b .!!!!!!!!!!!

# an end of which only the last day is known
It held on its first day.
p on 7
a: state office ann 2 -> -10 by p
= a .Dppppppppxx

# one attested for longer
The other ends where it is vouched for no more.
p on 5
q on 9
a: state office ann 1 -> .. by q
b: state office bob 3 -> .. by p
= a DD!!!DDDD~~~
= b ..!!!xxxxxxx

# two homes at once
A role that the type requires tells values apart.
p on 9
q on 9
a: state lives ann/rome 1 -> 8 by p
b: state lives ann/oslo 4 -> .. by q
= a DDD!!!!!xxxx
= b ...!!!!!D~~~

# two values of one level
The value tells them apart.
p on 4
q on 8
a: state level land 1 -> .. by p value=good
b: state level land 6 -> .. by q value=bad
= a DDDD~xxxxxxx
= b .....DDD~~~~

# values side by side
A type that is not single lets both stand.
p on 4
q on 8
a: state aid land 1 -> .. by p value=corn
b: state aid land 6 -> .. by q value=oil
= a DDDD~~~~~~~~
= b .....DDD~~~~

# a planned successor
A plan begins nothing.
p on 4
a: state office ann 2 -> .. by p
b: state office bob 6 -> 8 by p planned
= a .DDD~~~~~~~~
= b .....pppxxxx

# a vague state that a definite one covers
It held on one of the days that the other has all: they cannot both be right.
p on 11
a: state office ann 2 -> .. by p
b: state office bob 6-8 -> 7- by p
= a .DDDD!!!!!!p
= b .....!!!!!!p

# a source without a day, and an end
Its end is a plan only where it surely is.
p on ?
a: state office ann 5 -> 8 by p
= a ....DDDDxxxx

# a state that nobody can place in time
It takes nobody's place.
p on 5-7
a: state office ann 2 -> .. by p
b: state office bob ? -> -9 by p
= a .DDDD~~~~~~~
= b p....ppppxxx

# who held on some day of several
Another did not hold on all of them: he began after the first.
p on 11
a: state office ann 2-3 -> ? by p
b: state office bob -8 -> .. by p
= a .ppppppxxxxx
= b ..pppppDDDD~

# a contested day takes nothing from others
Two sources differ on when she began; until then he can have held.
p on 11
a: state office ann 2 -> .. by p
b: state office ann 7 -> .. by p
c: state office bob -4 -> ? by p
= a .!!!!!DDDDD~
= b .!!!!!DDDDD~
= c ppppppxxxxxx

# a handover where one start is vague
He takes over on her last day, for else they have no room.
p on 7
a: state office ann 1 -> 7 by p
b: state office bob ? -> .. by p
= a DDDDDDDxxxxx
= b ......D~~~~~

# a state held after an event that ends such
It began after it.
p on 8
b: event left - 6 by p
d: state office ann ? -> .. by p
= b .....DDDDDDD
= d ......pD~~~~

# an event on vague days that cannot all have ended a state
It came on the last of them.
p on 11
a: state office ann 6 -> .. by p
c: event left - 8- by p
= a .....DDDDDDx
= c .......pppDD

# an event behind another holder
It ended a later stretch.
p on 10
a: state office ann 1 -> ? by p
b: state office bob 4 -> 6 by p
c: event left ann 8 by p
= a Dppxxxxxxxxx
= b ...DDDxxxxxx
= c .......DDDDD

# somebody between, on nobody knows which day
Ann can have held twice, if he did on day 7, or on if he did on day 5.
p on ?
b: state office ann 8 -> .. by p
c: state office ann 6 -> .. by p
f: state office bob 5-8 -> .. by p
= b .......D~~~~
= c .....Dpppppp
= f ....p.pxxxxx

# one value told twice, another between
As one they would be definite on a day of his.
p on 11
a: state office ann 2 -> 3- by p
d: state office ann -8 -> .. by p
e: state office bob 7 -> 7 by p
= a .DDpppxxxxxx
= d .......DDDD~
= e ......Dxxxxx

# a term of one day, on the day of a handover
Each follows the other on that day.
p on 9
a: state office ann 1 -> 5 by p
b: state office bob 5 -> 5 by p
c: state office cy 5 -> 8 by p
= a DDDDDxxxxxxx
= b ....Dxxxxxxx
= c ....DDDDxxxx

# an event begins a state
Attested at its start, presumed from then on.
p on 6
e: event took ann 3 by p
= e ..DDDDDDDDDD
= e+ ..D~~~~~~~~~

# an event ends a state
The state held to the day of the event.
p on 4
q on 9
a: state office ann 2 -> .. by p
e: event left ann 7 by q
= a .DDDDDDxxxxx
= e ......DDDDDD

# a vague event ends a state
Definite to its first day, possible to its last.
p on 4
q on 9
a: state office ann 2 -> .. by p
e: event left ann 6-8 by q
= a .DDDDDppxxxx
= e .....ppDDDDD

# an event that names nobody
It ends the state of its key.
p on 4
q on 9
a: state office ann 2 -> .. by p
e: event left - 7 by q
= a .DDDDDDxxxxx
= e ......DDDDDD

# an event that names somebody else
It ends nothing of hers.
p on 4
q on 9
a: state office ann 2 -> .. by p
e: event left bob 7 by q
= a .DDD~~~~~~~~
= e ......DDDDDD

# left, and yet in office later
Sources cannot both be right from the day after on.
p on 6
q on 9
a: state office ann 2 -> .. by q
e: event left ann 5 by p
= a .DDDD!!!!!!!
= e ....D!!!!!!!

# an event and the state that it began
One standing, from the day of the event.
p on 6
q on 8
e: event took ann 4 by p
a: state office ann 3-6 -> .. by q
= e ...DDDDDDDDD
= a ...DDDDD~~~~

# two reports of one beginning
One state follows, not two.
p on 8
e: event took ann 3 by p
f: event took ann 3-5 by p
= e ..DDDDDDDDDD
= e+ ..D~~~~~~~~~
= f ..ppDDDDDDDD
= f+ ..D~~~~~~~~~

# a planned event
It begins nothing.
p on 3
e: event took ann 5 by p planned
= e ....pppppppp

# an event that begins a state takes the place of another
As a state would.
p on 4
q on 8
a: state office ann 2 -> .. by p
e: event took bob 7 by q
= a .DDD~~xxxxxx
= e ......DDDDDD
= e+ ......D~~~~~

# an event ends a state of unknown end
Then its end is known.
p on 4
q on 8
a: state office ann 2 -> ? by p
e: event left ann 7 by q
= a .DDDDDDxxxxx
= e ......DDDDDD

# an event before a planned end
A plan binds nobody.
p on 4
q on 8
a: state office ann 2 -> 9 by p
e: event left ann 6 by q
= a .DDDDDxxxxxx
= e .....DDDDDDD

# an event before the start
It ended an earlier stretch.
p on 9
a: state office ann 4 -> .. by p
e: event left ann 2 by p
= a ...DDDDDD~~~
= e .DDDDDDDDDDD

# a visit told and denied
Contested from the day on which it is said to have happened.
p on 9
q on 9
a: event visit ann 4 by p
b: event visit ann 4 by q denied
= a ...!!!!!!!!!
= b ...!!!!!!!!!

# denied for a longer time
The denial covers the day that is told.
p on 9
q on 9
a: event visit ann 4 by p
b: event visit ann 3-6 by q denied
= a ...!!!!!!!!!
= b ..D!!!!!!!!!

# denied for one of several days
It can have been on another.
p on 9
q on 9
a: event visit ann 3-6 by p
b: event visit ann 4 by q denied
= a ..pppDDDDDDD
= b ...DDDDDDDDD

# denied of somebody else
Another thing.
p on 9
a: event visit ann 4 by p
b: event visit bob 4 by p denied
= a ...DDDDDDDDD
= b ...DDDDDDDDD

# a denial that is over
It ends when the opposite begins.
p on 4
q on 8
a: state aid land 1 -> .. by p value=corn denied
b: state aid land 6 -> .. by q value=corn
= a DDDD~xxxxxxx
= b .....DDD~~~~

# a state told and denied for the same days
Contested on these.
p on 8
q on 9
a: state aid land 1 -> 6 by p value=corn
b: state aid land 4 -> 8 by q value=corn denied
= a DDD!!!xxxxxx
= b ...!!!DDxxxx

# a state denied of another value
Both can be so.
p on 8
a: state level land 1 -> 6 by p value=good
b: state level land 4 -> 8 by p value=bad denied
= a DDDDDDxxxxxx
= b ...DDDDDxxxx

# a tally
Settled when its period is over.
p on 8
t: tally visit ann 2 -> 6 by p count=3
= t .ppppDDDDDDD

# a count of none
So on every day of its period.
p on 8
t: tally visit ann 2 -> 6 by p count=0
= t .DDDDDDDDDDD

# two counts of one period
They cannot both be right.
p on 8
q on 8
a: tally visit ann 2 -> 6 by p count=4
b: tally visit ann 2 -> 6 by q count=3
= a .pppp!!!!!!!
= b .pppp!!!!!!!

# more in a part than in the whole
They cannot both be right, once both are settled.
p on 8
q on 8
a: tally visit ann 3 -> 5 by p count=4
b: tally visit ann 2 -> 6 by q count=3
= a ..ppD!!!!!!!
= b .pppp!!!!!!!

# fewer in a part than in the whole
Both can be right.
p on 8
q on 8
a: tally visit ann 3 -> 5 by p count=2
b: tally visit ann 2 -> 6 by q count=3
= a ..ppDDDDDDDD
= b .ppppDDDDDDD

# counts that meet
Both can be right.
p on 8
a: tally visit ann 2 -> 6 by p count=3..5
b: tally visit ann 2 -> 6 by p count=4
= a .ppppDDDDDDD
= b .ppppDDDDDDD

# none counted, one told
Contested from the day on which both are settled.
p on 8
q on 8
e: event visit ann 4 by p
t: tally visit ann 2 -> 6 by q count=0
= e ...!!!!!!!!!
= t .DD!!!!!!!!!

# none counted, one told outside the period
Both can be right.
p on 9
e: event visit ann 8 by p
t: tally visit ann 2 -> 6 by p count=0
= e .......DDDDD
= t .DDDDDDDDDDD

# a count told and denied
Contested when both are settled.
p on 8
q on 8
a: tally visit ann 2 -> 6 by p count=3
b: tally visit ann 2 -> 6 by q count=3 denied
= a .pppp!!!!!!!
= b .pppp!!!!!!!

# two amounts of one sale
They cannot both be right.
p on 6
q on 6
a: event sold ann 4 by p value=3_t
b: event sold ann 4 by q value=4_t
= a ...!!!!!!!!!
= b ...!!!!!!!!!

# an amount above another's
More than four is not three.
p on 6
q on 6
a: event sold ann 4 by p value=3_t
b: event sold ann 4 by q value=more_than_4_t
= a ...!!!!!!!!!
= b ...!!!!!!!!!

# an amount that is rounded
What is measured is three if it is 3.2, and then more than three.
p on 6
q on 6
a: event sold ann 4 by p value=3_t
b: event sold ann 4 by q value=more_than_3_t
= a ...DDDDDDDDD
= b ...DDDDDDDDD

# amounts that meet
Four is more than three.
p on 6
a: event sold ann 4 by p value=4_t
b: event sold ann 4 by p value=more_than_3_t
= a ...DDDDDDDDD
= b ...DDDDDDDDD

# amounts in two units, or in words
Nothing compares them.
p on 6
a: event sold ann 4 by p value=3_t
b: event sold ann 4 by p value=4_km
c: event sold ann 4 by p value=some
= a ...DDDDDDDDD
= b ...DDDDDDDDD
= c ...DDDDDDDDD

# amounts of two days
She can have sold twice.
p on 6
a: event sold ann 4 by p value=3_t
b: event sold ann 5 by p value=4_t
= a ...DDDDDDDDD
= b ....DDDDDDDD

# a dispute
Contested on each day on which it would be shown.
p on 4
q on 6
a: state office ann 2 -> 8 by p
d: dispute a by q
= a .!!!!!!!xxxx

# a disputed event that begins a state
What contests the event contests the state.
p on 11
b: event took ann 4 by p
y: dispute b by p
= b ...!!!!!!!!!
= b+ ...!!!!!!!!!

# two of one day, both told to be over that day
Nobody knows who took over from whom.
p on 9
a: state office ann ? -> 7 by p
b: state office bob ? -> 7 by p
= a ppppppDxxxxx
= b ppppppDxxxxx

# a dispute taken back
It counts no longer.
p on 4
q on 6
a: state office ann 2 -> .. by p
d: dispute a by q
r: retract d
= a .DDD~~~~~~~~

# a claim taken back
It is gone.
p on 4
a: state office ann 2 -> .. by p
r: retract a

# a correction
The new reading counts.
p on 4
a: state office ann 2 -> .. by p
x: correct a misread state office ann 3 -> .. by p
= x ..DD~~~~~~~~

# a correction before it was made
At an earlier line the old reading counts.
recorded a
p on 4
a: state office ann 2 -> .. by p
x: correct a misread state office ann 3 -> .. by p
= a .DDD~~~~~~~~

# a correction of a closed state
What was recorded about the claim stays.
p on 5
q on 9
a: state office ann 2 -> .. by p
c: close a 7 by q
x: correct a misread state office ann 1 -> .. by p
= x DDDDDDDxxxxx

# a correction of the end
It takes the place of the close before it.
p on 9
q on 9
a: state office ann 2 -> .. by p
c: close a 7 by q
x: correct a misread state office ann 1 -> 8 by p
= x DDDDDDDDxxxx

# a correction taken back
The reading before it stands again.
p on 4
a: state office ann 2 -> .. by p
x: correct a misread state office ann 3 -> .. by p
r: retract x
= a .DDD~~~~~~~~

# a correction whose source is withdrawn
The reading before it stands again.
p on 4
q on 6
a: state office ann 2 -> .. by p
x: correct a source-corrected state office ann 3 -> .. by q
w: withdraw q
= a .DDD~~~~~~~~

# a disputed claim corrected
The dispute is about the claim, whatever its reading.
p on 4
q on 6
a: state office ann 2 -> 8 by p
d: dispute a by q
x: correct a misread state office ann 3 -> 8 by p
= x ..!!!!!!xxxx

# a withdrawn source
Claims that rest only on it are gone.
p on 4
q on 6
a: state office ann 2 -> .. by p
b: state aid land 2 -> .. by q value=corn
w: withdraw p
= b .DDDDD~~~~~~

# a withdrawn source beside another
The claim rests on the other.
p on 4
q on 6
a: state office ann 2 -> .. by p
k: corroborate a by q
w: withdraw p
= a .DDDDD~~~~~~

# a further source
An open end is vouched for up to the newest.
p on 4
q on 8
a: state office ann 2 -> .. by p
k: corroborate a by q
= a .DDDDDDD~~~~

# an event that perhaps ended a state before another did
He can have begun on the very day on which somebody left.
p on 6
b: event left - 6 by p
c: event left - 3 by p
e: state office bob 3-4 -> ? by p
= b .....DDDDDDD
= c ..DDDDDDDDDD
= e ..ppppxxxxxx

# an event that was perhaps before the start
It ended what began on its day, or came too early.
p on 7
e: event took ann 1 by p
f: event left - -3 by p
c: event left - 4 by p
= c ...DDDDDDDDD
= e DDDDDDDDDDDD
= e+ Dpppxxxxxxxx
= f ppDDDDDDDDDD

# an event behind somebody who perhaps came between
If she took his place on day 6, it ended a later stretch of his.
p on 7
b: event left bob 7 by p
c: event took bob 5 by p
d: event took ann 3~ by p
= b ......DDDDDD
= c ....DDDDDDDD
= c+ ....Dppxxxxx
= d ..ppppDDDDDD
= d+ ..pp.ppppppp

# an event behind a newer value
Both were vouched for up to day 6, and the other began later: it was he who left.
p on 6
q on ?
a: event left - 9 by q
b: state office ann 5 -> 8 by p
e: state office cy .. -> .. by p
= a ........DDDD
= b ....!!DDDxxx
= e DDDD!!xxxxxx

# one event that ends two of which nothing tells which it was
They stay contested up to it.
p on ?
b: state office bob 4 -> ? by p
c: state office ann 4 -> .. by p
d: event left - 7 by p
= b ...!!!!xxxxx
= c ...!!!!xxxxx
= d ......DDDDDD

# an event before the day for which a source vouches, and an end that nobody knows
They contradict each other while he surely stood.
p on 10
q on ?
a: event left ann 8 by p
d: state office ann 7 -> 9- by q
= a .......D!DDD
= d ......DD!ppp

# a plan, and another who says that it was over
What is only foreseen yields, whoever a person calls the same.
p on 4
a: state aid ann 4 -> 6 by p value=good
b: state aid ann 2 -> 4 by p value=good
z: same b a
= a .!!Dxxxxxxxx
= b .!!Dxxxxxxxx

# presumed from after the day on which another says that it was over
It began on one of two days, and the other had it ended before.
p on ?
a: state aid ann 9-10 -> .. by p value=bad
d: state aid ann 2 -> 2 by p value=bad
x: same a d
= a .!......p!!!
= d .!xxxxxxx!!!

# a person calls an assertion and its denial the same
They contradict each other on each day on which they are shown.
p on 11
a: state aid ann ? -> 10 by p value=bad
b: state aid ann 8 -> 9 by p value=bad denied
x: same b a
= a !!!!!!!!!!xx
= b .......!!xxx

# two beginnings that a person calls different
The states that they began are two.
p on 3
q on ?
a: event took cy 1 by p
f: event took cy 7 by q
x: different a f
= a DDDDDDDDDDDD
= a+ D~~~~~~~~~~~
= f ......DDDDDD
= f+ ......D~~~~~

# one that perhaps counts for nothing has no room
It can have been on the day of a handover alone.
published 11
p on ?
r on 6
b: state office cy 6 -> -9 by p
c: state office ann 6 -> .. by r
= b .....pxxxxxx
= c .....D~~~~~~

# one that perhaps counts for nothing, wholly within another
If it counts, they contradict each other: it stays possible.
published 12
p on 6
q on ?
a: state office bob 2 -> 6 by p
d: state office ann 2-4 -> .. by q
= a .DDDDDxxxxxx
= d .pppxxxxxxxx

# days that are contested, and one that is not
Of what another surely has, only what nothing contests is taken.
p on 7
a: state level ann ? -> 4-6 by p value=good
c: state level ann 1 -> 6 by p value=bad
d: state level ann 2 -> .. by p value=good denied
= a .!!!!!xxxxxx
= c DDDDDDxxxxxx
= d .!!!!!D~~~~~

# somebody who took the place on a vague day, of two vouched for up to one
Whoever began later is presumed, and he surely began later.
p on 3-6
a: state office ann 2~ -> .. by p
b: state office bob 1 -> .. by p
e: state office ann .. -> .. by p
= a .pppp~~~~~~~
= b !!!ppxxxxxxx
= e !!!xxxxxxxxx

# a close told before the claim was
Who tells of the end vouches for it: it had begun by then.
p on 11
q on 4
b: state office bob -9 -> 12 by p
y: close b 5 by q
= b pppDDxxxxxxx

# a close that was perhaps told
It vouches for nothing, and the end only may have come.
published 8
p on 4
q on 6-9
b: state office bob 2 -> .. by p
y: close b 6 by q
= b .DDD~~pppppp

# several events, of which a vague one came first, or not
If that one came on its first day, he had left by then.
p on 7
a: state office cy 4 -> ? by p
c: event left cy 5~ by p
d: event left - 6 by p
= a ...DDpxxxxxx
= c ....ppDDDDDD
= d .....DDDDDDD

# an event that perhaps ended it, after the planned end
A plan binds nobody.
p on 3
q on 10
b: state office bob 1 -> 5 by p
c: event left - -9 by q
= b DDDppppppxxx
= c ppppppppDDDD

# a plan, an event, and somebody who perhaps came between
Presumed as long as all of it allows.
p on 10
q on 5
a: state office ann 4 -> 7 by q
b: event took cy 10 by p
c: event left - 9-11 by p
= a ...DD~~ppxxx
= b .........DDD
= b+ .........Dpp
= c ........pDDD

# before another, or after
He can have handed over to her on day 3, or taken over on day 4.
p on 8
q on 3-5
a: state office ann 3 -> 4 by p
c: state office bob ? -> 4 by q
= a ..DDxxxxxxxx
= c ppppxxxxxxxx

# a handover, and days that are contested
Who can have held on a day that nobody settles need not have taken over.
p on 9
c: state aid ann 1 -> 9 by p value=good denied
d: state aid ann .. -> 8 by p value=good
e: state aid ann 4- -> 5- by p value=good
= c !!!!!!!!Dxxx
= d !!!!!!!!xxxx
= e ...pppppxxxx

# days in the middle that are surely another's
He held before them or after them, nobody knows which.
p on 11
a: state office ann 5 -> 7 by p
b: state office bob 3-9 -> ? by p
= a ....DDDxxxxx
= b ..pp...ppppp

# what was published by a day
What came later is not known.
published 5
p on 4
q on 9
a: state office ann 2 -> .. by p
b: state office bob 7 -> .. by q
= a .DDD~~~~~~~~

# what was perhaps published by a day
Possible at most.
published 6
p on 4-8
a: state office ann 2 -> .. by p
= a .ppppppppppp

# a successor that was perhaps published by a day
Whoever it would displace is possible from then on.
published 7
p on 4
q on 6-9
a: state office ann 2 -> .. by p
b: state office bob 6 -> .. by q
= a .DDD~ppppppp
= b .....ppppppp

# two names of one person
One standing.
p on 4
q on 8
a: state office ann 2 -> .. by p
b: state office ann2 2 -> .. by q
i: alias ann ann2
= a .DDDDDDD~~~~
= b .DDDDDDD~~~~

# the narrower of two tellings, whichever name it uses
What orders claims does not ask by which of two names they call somebody.
p on 10
q on 11
b: state office ann 6-9 -> .. by q
d: state office ann 7 -> .. by p
f: state office bob 6-9 -> 6~ by p
x: alias ann bob
= b .....pppDD!!
= d ......DDDD!!
= f ......DDDD!!

# an event on vague days, and others who contradict each other after it
Their days are settled for nobody: he can have held on them until the event.
p on 11
a: state office ann 9 -> .. by p
b: event left - 4- by p
d: state office ann 2 -> ? by p
f: state office cy 9 -> .. by p
= a ........!!!p
= b ...pppppppDD
= d .Dpppppppppx
= f ........!!!p

# a start that is contested, and another who was there
On a contested day the other can have held as well, and then nothing is presumed after it.
p on ?
a: state office ann 8 -> .. by p
d: state office cy 2 -> ? by p
e: state office ann 4-5 -> .. by p
= a ....!..D~~~~
= d .Dpppppxxxxx
= e ...p!ppppppp

# a state that one who is perhaps told may take over on the last day
It can have begun on the day up to which the other is vouched for.
published 8
p on 8
q on ?
a: state level ann 6-8 -> .. by q value=good
f: state level ann .. -> 12 by p value=good denied
= a .....ppppppp
= f DDDDDDDDpppp

# two who contradict each other, and a third on their last day
He can have begun on it, and then neither is presumed after it.
p on 11
a: state office bob 6 -> .. by p
b: event took cy 1~ by p
e: state office ann 6 -> .. by p
= a .....!!!!!!p
= b ppppppppppDD
= b+ pppppppppppp
= e .....!!!!!!p

# presumed up to the end that another tells, where nobody can come between
A third cannot have the days that are surely the first one's.
p on ?
a: state office bob 5 -> 9 by p
b: state office ann 4~ -> 2- by p
c: state office bob 8 -> .. by p
= a ....!!!DDxxx
= b ...pppp..ppp
= c ....!!!D~xxx

# two stretches, an event and another between them
What an event can have ended is not one with what begins after it.
p on 9
a: state office bob 9 -> .. by p
c: state office cy .. -> 3 by p
d: event took bob 2 by p
e: event left ann 5 by p
x: alias ann bob
= a ........D~~~
= c D!Dxxxxxxxxx
= d .DDDDDDDDDDD
= d+ .!xxxxxxxxxx
= e ....DDDDDDDD

# one who is perhaps told, and needs his days
If he counts, the other began on one of them, and was not carried on.
published 7
p on 7-10
q on 4-6
b: state office cy 4-6 -> .. by q
c: state office bob 3 -> .. by p
= b ...ppppppppp
= c ..pppppppppp

# one who is perhaps told, around somebody else
They contradict each other: the last day of the one is not the other's to tell.
published 7
p on 5
q on ?
a: state office bob 3~ -> ? by p
b: state office ann 3 -> 9~ by q
= a ..pppppppppp
= b ..pppppppppp

# an event that ended one who perhaps held on beside another
The days are contested, so he can have held; the event ended it.
p on 11
a: state office ann 4 -> ? by p
b: state office ann 3 -> .. by p
c: event left - 9 by p
d: state office cy .. -> .. by p
= a ..!!pppppxxx
= b ..!!!!!!!!!!
= c ........D!!!
= d DD!!!!!!!!!x

# what is left of a state between a value and a denial
One takes the days up to the eighth, the other the ninth: it began on the tenth.
p on 8-10
d: state level ann 4~ -> .. by p value=good
e: state level ann 2 -> .. by p value=bad
f: state level ann 9 -> 12 by p value=good denied
= d .........D~~
= e .DDDDDDD~xxx
= f ........Dxxx

# a foreseen end on the last day of another
Who is not foreseen to go on takes nobody's place.
p on 7-8
r on 8
a: state office cy 7-8 -> 8 by p
c: state office ann 7 -> .. by r
= a ......!!xxxx
= c ......!!~~~~

# a day that is contested, and a second who can have begun on it
Both began at once, if he did: nothing tells them apart.
p on 4-7
a: state lives ann/oslo 6 -> 7 by p
b: state lives ann/rome 3-5 -> .. by p
c: state lives ann/oslo 5 -> 7 by p
= a ....!D~xxxxx
= b ..pppxxxxxxx
= c ....!~~xxxxx

# an event that ends whoever holds, and one who took over on its last day
If it came then it ended both; else he took the place.
p on 6
a: state office cy 6 -> .. by p
b: event left - 2- by p
e: state office ann 4 -> 10 by p
= a .....Dpppppp
= b .ppppDDDDDDD
= e ...DDDxxxxxx

# from ever, and disputed
Days before the calendar are days as well: the denial can be as old.
p on 5
a: state level bob .. -> 12 by p value=bad
c: state level bob ? -> .. by p value=bad denied
x: dispute c by p
= a DDDD!ppppppp
= c !!!!!!!!!!!!

# an event that ended one, and another on its very day
He was over by then, so the other is presumed, and contradicts a later start.
p on 8
a: state office bob .. -> ? by p
b: event left bob 3 by p
d: state office ann 5 -> .. by p
e: event took ann 3 by p
= a pppxxxxxxxxx
= b ..DDDDDDDDDD
= d ..!!DDDD~~~~
= e ..DDDDDDDDDD
= e+ ..!!~~~~~~~~

# an event before an end that is told
They cannot both be right about the days between.
p on 12
a: state office ann 1 -> 9 by p
b: event left ann 4 by p
= a DDDD!!!!!xxx
= b ...D!!!!!DDD

# an event within a vague end
The state ended by the event, and held until then.
p on 12
a: state office ann 1 -> 3-9 by p
b: event left ann 5 by p
= a DDDDDxxxxxxx
= b ....DDDDDDDD

# an event that can have come after a vague end
It may have ended a later stretch, so it settles nothing.
p on 12
a: state office ann 1 -> 3-6 by p
b: event left ann 5-8 by p
= a DDDpppxxxxxx
= b ....pppDDDDD

# two tellings that are said to be one, and somebody else's day between them
The one has begun on the first, as the second is another's; the other says that it had not.
p on ?
a: state office bob 4 -> .. by p
d: event took ann 2 by p
f: state office bob 1-2 -> .. by p
x: same f a
= a !..D~~~~~~~~
= d .DDDDDDDDDDD
= d+ .D~xxxxxxxxx
= f !xxxxxxxxxxx

# two tellings that are said to be one, and somebody who follows both
The one stands up to the day before him; the other says that it was over.
p on 7-9
a: state office cy 9 -> 12 by p
c: state office ann ? -> 12 by p
f: state office ann ? -> -6 by p
x: same f c
= a ........D~~~
= c ppppppp!xxxx
= f ppppppx!xxxx

# an event that is perhaps told between two tellings
It binds nobody, so they are about one stretch, and differ in its start.
published 6
p on 6
q on ?
b: event took ann 2 by p
e: state office ann 5 -> 6 by p
f: event left ann 5 by q
= b .DDDDDDDDDDD
= b+ .!!!~pxxxxxx
= e .!!!DDxxxxxx
= f ....pppppppp

# an event too early, and somebody else behind it
They contradict each other for as long as he stands: the other took his place.
p on 5-6
a: event took ann 3~ by p
c: event left bob 5-7 by p
d: event left - 4 by p
f: state office bob 1 -> 10 by p
= a ..pppDDDDDDD
= a+ ....p~~~~~~~
= c ....pDDDDDDD
= d ...D!DDDDDDD
= f DDDD!xxxxxxx

# an event behind one who is contested
The other can have begun on the last day on which he was vouched for, and then it was not his to end.
p on ?
q on 7
b: event left bob 9 by p
d: state office bob 1 -> 12 by q
e: event took ann 4-7 by p
= b ........DDDD
= d DDD!!!!ppxxx
= e ...pppDDDDDD
= e+ ...!!!!ppppp

# an event that can have ended one on the day on which another began
Then all are right: he held on that day, and handed over.
p on 6
c: event left cy 4-5 by p
d: state office cy 4 -> ? by p
f: state office bob 4 -> 7 by p
= c ...pDDDDDDDD
= d ...Dxxxxxxxx
= f ...DDD~xxxxx

# two events, one of them before a state can have begun late
It held after the first, so it began behind it; the second contradicts it.
p on 10
b: event left - 9 by p
c: state office ann -8 -> .. by p
d: event left - 5 by p
= b ........D!!!
= c .....ppDD!!!
= d ....DDDDDDDD

# an event behind a handover
Who began later and was vouched for to the same day was there when it came.
p on ?
q on 4
a: event left - 6 by p
b: state office cy 4 -> .. by p
c: state office ann -6 -> .. by q
= a .....DDDDDDD
= b ...DDDxxxxxx
= c ppDDxxxxxxxx

# a foreseen end that came to nothing, and an event that is perhaps told
A later source vouches beyond it, so an event does not bring it back.
published 9
p on 8-11
q on 3
a: state office ann -4 -> 4 by q
b: state office ann 2 -> .. by p
c: event left ann 9 by p
= a .DDDDDDD~ppp
= b .DDDDDDD~ppp
= c ........pppp

# two tellings that are said to be one, and another on their contested days
What is contested takes no day from him, so he need not have followed.
p on ?
a: state lives ann/oslo 7 -> -7 by p
e: state lives ann/oslo 4-5 -> .. by p
f: state lives ann/rome 5-8 -> -6 by p
x: same a e
= a ......Dxxxxx
= e ...ppppxxxxx
= f ....ppxxxxxx

# one who can have held on contested days, and another who perhaps lasts beyond them
The other can have lasted longer, and then he was over.
p on 6-7
q on ?
a: state office ann ? -> -8 by p
b: state office ann 3 -> 8 by p
c: state office cy ? -> .. by p
d: state office ann 3 -> 4 by q
= a ..DD!!ppxxxx
= b ..DD!!ppxxxx
= c ....pppppppp
= d ..DD!!xxxxxx

# a vague start around a day that is left to another
That day is the other's: nobody is carried on beside one who is definite.
p on ?
b: state level ann 2- -> .. by p value=bad
c: state level ann .. -> 2 by p value=bad
e: state level ann -3 -> ? by p value=good
= b .p.ppppppppp
= c DDxxxxxxxxxx
= e ..Dppppppppp

# two reports of a beginning, of which one is contradicted
The other is not, so the state stands.
p on ?
a: event left - 5 by p
c: event took bob 7 by p
d: event took bob 5-6 by p
f: event took bob 5 by p
x: same f c
= a ....DDDDDDDD
= c ....!!DDDDDD
= c+ ......D~~~~~
= d ....pDDDDDDD
= d+ ....Dxxxxxxx
= f ....!!DDDDDD
= f+ ....Dxxxxxxx

# two tellings, and one who is contested between them
Who took office by the fourth contradicts the one; nobody knows whether it was the same stretch.
p on 9
q on 4
b: event took ann 9 by p
c: event took bob -6 by q
f: state office ann .. -> 9 by q
= b ........DDDD
= b+ ........D~~~
= c pppDDDDDDDDD
= c+ !!!!ppppxxxx
= f !!!!pppppxxx

# an open start, and one who is contested within its days
He can have been the newer, so a later telling is of another stretch.
p on ?
q on 4
a: state office ann 1-4 -> .. by p
d: state office bob 5 -> 10 by p
e: state office bob .. -> .. by q
= a !!!!xxxxxxxx
= d ....DDDDDDxx
= e !!!!pppppppp

# two days of one event, and another who took the place of the first
The state is contested with its event while it stands, and over when the other followed.
p on 5
q on 10
b: event took ann 9 by q
c: state office bob -4 -> .. by p
d: event took ann 4 by p
x: same d b
= b ...!!!!!DDDD
= b+ ...!....D~~~
= c ppp!D~~~xxxx
= d ...!!!!!DDDD
= d+ ...!xxxxxxxx

# two tellings, and one who was over before the first
He can only have held before her days, so he parts nothing: they are of one stretch.
p on 8
q on ?
a: state office ann 3 -> 11 by p
b: state office cy 2-5 -> ? by p
c: state office ann 9 -> 10 by q
= a ..!!!!!!~~xx
= b .pppppppxxxx
= c ..!!!!!!DDxx

# two tellings, and a value on the day before the first
It held before, so it parts nothing, however long it lasted.
p on 9
q on 8
a: state level ann 4 -> 3- by p value=bad
b: state level ann 2-5 -> 12 by q value=good
f: state level ann 9 -> 6- by p value=good
= a ...Dppppxxxx
= b ....!!!!~~~~
= f ....!!!!Dppp
"""


def cases() -> list[Case]:
    """Return the cases."""
    return [case(block.strip().splitlines()) for block in TEXT.split("# ")[1:]]


def case(lines: list[str]) -> Case:
    """Return a case from its lines."""
    name, reason, *rest = lines
    words = [line.split() for line in rest if line.startswith("= ")]
    wanted = {label: (line,) for _, label, line in words}
    cuts = dict(line.split() for line in rest if line.startswith(("recorded ", "published ")))
    written = read([r for r in rest if not r.startswith(("= ", "recorded ", "published "))])
    recorded = written.numbers[cuts["recorded"]] if "recorded" in cuts else None
    published = int(cuts["published"]) if "published" in cuts else None
    return Case(name, reason, written, Cut(recorded, published), dict(sorted(wanted.items())))


CASES = cases()
