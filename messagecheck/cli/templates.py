"""What `messagecheck init` writes."""

SETTINGS = """\
# Settings of messagecheck. Every key may be left out; an unknown one is an error.
positioning = "positioning.md"
fail_on = "error"           # error, warning, info or never
min_confidence = 0.0
select = []                 # rules or families: ["conflict", "term/avoid"]; empty takes all of them
extend_select = []          # rules that are off by default: ["claim/unsupported"]
ignore = []
exclude = []                # globs of files that are no content: ["drafts/**"]
required = []               # ids of value propositions that each file must express, or a table [required] with a
                            # list a kind of touchpoint; empty asks for what the document says, else for all of them

[kinds]                     # which kind of touchpoint a file is, where its folder's name doesn't tell
# "pitches/**" = "deck"

[canon]                     # older versions of the document, so that a stale statement says until when it was true
older = []                  # files, newest first; history = 5 asks git for the last five

[owners]                    # who looks after which files, for messagecheck drift --by owner
# "decks/**" = "Sales"

[history]
record = false              # whether each scan is kept, so that messagecheck drift can compare

[calls]                     # whose words in a transcript are ours, beside people named with the company's name
our_people = []
our_domains = []
our_companies = []

[content]
keys = []                   # which values of YAML, JSON and CSV files are copy: ["hero.*", "**.title"]

[crawl]                     # how messagecheck crawl and messagecheck scan https://… fetch a site
# contact = "web@example.com"   # a mail address or a page, so that the site's owner can reach you
exclude = []                # globs of paths: ["legal/**"]
"""

POSITIONING = """\
---
name: Your product
aliases: []
version: "1"
---
# Your product: positioning

Everything that is published, presented, said or sent is checked against this page. A bullet, a headline with its
paragraphs, or a paragraph is one message; its name stands in braces at its end. Change the examples below.

## Category

Your product is a booking calendar for small museums. {#category}

## Audience

- Museums with up to 40 employees {#audience}

### Not for

- Concert halls and sports venues {#not-venues}

## Value propositions

### Visitors book in a minute {#fast-booking}

One page, no account, no app. The ticket arrives by mail.

- Proof: 9 in 10 visitors finish a booking without help

## Differentiators

- The only calendar that knows school holidays in every region {#holidays}

## Facts

- 120 museums use it {#museums}

## Pricing

- Standard: $90 per month, every feature included {#price}

## Boundaries

- We do not sell tickets on other websites {#no-resale}

## Terminology

| Use | Instead of | Note |
|---|---|---|
| visitor | customer, user | people who come to the museum |

## Competitors

- Ticketry
"""
