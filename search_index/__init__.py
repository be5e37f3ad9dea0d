"""The library: full-text and geographic index; knows neither Flask nor our tables.

    Document -> Engine.rebuild / Engine.apply       what can be found
    Query    -> Engine.search -> Results            keys, distances, states, counts: the rows are the caller's
    Timetables -> Engine.tell_times                 when each schedule is in which state, over the days to come

`search_index.memory` is the readable reference; every other engine passes the same contract suite.
"""
