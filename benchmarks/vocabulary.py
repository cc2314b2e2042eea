"""How often an ordinary word is taken for a misheard name, and how many misheard names are found.

    python -m benchmarks.vocabulary

False: 20 people and 25 products that nobody in these meetings speaks of, over all AMI, ICSI and
committee meetings as people wrote them down; every correction is a wrong one. Found: mis-hearings
made up by hand after the kinds that speech models make (other letters for the same sound, a name
as two words, a foreign ending), each in one sentence. Needs the material's `terse_notes`.
"""

import gzip
import json
import time
from collections import Counter

from benchmarks.material import need
from granola_like.domain.meeting import Person
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.transcribe.vocabulary import Vocabulary, corrected, vocabulary_of

PEOPLE = (
    "Anna Kravchenko;Boris Petrov;Siobhan O'Leary;Thanh Nguyen;Martha Schmidt;Rajesh Venkataraman;"
    "Katarzyna Wiśniewska;José Álvarez;Mehmet Yılmaz;Oluwaseun Adeyemi;Giulia Bianchi;"
    "Pieter van der Berg;Claire Dubois;Hiroshi Tanaka;Liam Murphy;Emma Johansson;Priya Raghunathan;"
    "Tomasz Zielinski;Yuki Watanabe;Fatima Al-Sayed"
).split(";")
TERMS = (
    "Kubernetes Grafana Snowflake Jira PostgreSQL Terraform Salesforce HubSpot Databricks Figma "
    "Notion Acme Globex Initech Zendesk Datadog Okta Stripe Confluence Kafka Redis Ansible Jenkins "
    "GitLab Airtable"
).split()
MISHEARD = (
    "Kravchenco=Kravchenko;Kraf Chenko=Kravchenko;Kravtchenko=Kravchenko;Cravchenko=Kravchenko;"
    "Petrof=Petrov;Pietrov=Petrov;Shavon=Siobhan;Shivon=Siobhan;Siobhann=Siobhan;Nguyn=Nguyen;"
    "Marta=Martha;Schmitt=Schmidt;Shmidt=Schmidt;Smidt=Schmidt;Venkatraman=Venkataraman;"
    "Venkata Raman=Venkataraman;Venkatarama=Venkataraman;Catarzyna=Katarzyna;Katarzina=Katarzyna;"
    "Wisniewska=Wiśniewska;Vishnievska=Wiśniewska;Alvares=Álvarez;Yilmas=Yılmaz;"
    "Oluwasheun=Oluwaseun;Adayemi=Adeyemi;Adeyemy=Adeyemi;Julia=Giulia;Bianki=Bianchi;Dubwa=Dubois;"
    "Duboys=Dubois;Hirosi=Hiroshi;Tannaka=Tanaka;Johanson=Johansson;Raghunatan=Raghunathan;"
    "Ragu Nathan=Raghunathan;Zelinski=Zielinski;Watanabi=Watanabe;Fatimah=Fatima;"
    "Cubernetes=Kubernetes;Kubernetis=Kubernetes;Cuber Netes=Kubernetes;Gravana=Grafana;"
    "Graphana=Grafana;Jeera=Jira;Gira=Jira;Postgres SQL=PostgreSQL;Terra form=Terraform;"
    "Sales Force=Salesforce;Hubspot=HubSpot;Data Bricks=Databricks;Sigma=Figma;Akme=Acme;"
    "Globax=Globex;Initek=Initech;Zen Desk=Zendesk;Data Dog=Datadog;Octa=Okta;Kafca=Kafka;"
    "Redies=Redis;Jenkens=Jenkins;Git Lab=GitLab;Air Table=Airtable;Ansibel=Ansible;"
    "Confluense=Confluence"
).split(";")


def said(texts: list[str]) -> Transcript:
    """Make a transcript of these texts."""
    return Transcript(
        utterances=tuple(
            Utterance(id=str(n), start_ms=n, end_ms=n + 1, text=text)
            for n, text in enumerate(texts)
        )
    )


def false_ones(words: Vocabulary) -> None:
    """Count corrections where none is right."""
    total, seconds = 0, 0.0
    wrong: Counter[tuple[str, str]] = Counter()
    for part in ("train", "val"):
        with gzip.open(need(f"terse_notes/{part}.jsonl.gz"), "rt", encoding="utf-8") as lines:
            for line in lines:
                texts = [one["text"] for one in json.loads(line)["utterances"]]
                total += sum(len(text.split()) for text in texts)
                begun = time.perf_counter()
                found = corrected(said(texts), words)
                seconds += time.perf_counter() - begun
                for text, now in zip(texts, found, strict=True):
                    if text != now.text:
                        gone = set(text.split()) - set(now.text.split())
                        come = set(now.text.split()) - set(text.split())
                        wrong[" ".join(sorted(gone)), " ".join(sorted(come))] += 1
    count = sum(wrong.values())
    print(f"{total:,} words, {count} wrong corrections: {count / total * 100_000:.2f} in 100,000")
    print(f"{seconds / total * 100_000:.1f} s for 100,000 words")
    for (gone, come), times in wrong.most_common():
        print(f"  {times}× {gone} → {come}")


def found_ones(words: Vocabulary) -> None:
    """Count mis-hearings that become the right name."""
    right, other, left = 0, [], []
    for pair in MISHEARD:
        heard, name = pair.split("=")
        text = f"I talked to {heard} about the budget, and they agreed."
        now = corrected(said([text]), words).utterances[0].text
        if now == text.replace(heard, name):
            right += 1
        elif now == text:
            left.append(heard)
        else:
            other.append(heard)
    print(f"{right} of {len(MISHEARD)} mis-hearings found; {len(other)} became another name")
    print(f"  left as they are: {', '.join(left)}")


if __name__ == "__main__":
    known = vocabulary_of([Person(name) for name in PEOPLE], glossary=TERMS)
    found_ones(known)
    false_ones(known)
