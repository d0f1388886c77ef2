"""Fine-tuning of a cross-encoder through transformers' Trainer: one body, two heads read from one row of logits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)

from messagecheck.training.pairs import CONFLICT_KINDS, NO_KIND, Pair, Relation

RELATIONS = 3
OUTPUTS = RELATIONS + len(CONFLICT_KINDS)
LONGEST = 112
"""Tokens of a pair; 99 % of the packs' pairs are shorter."""
RELATION_WEIGHTS = (1.0, 1.0, 2.0, 1.0)
KIND_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Schedule:
    """`stop`: steps after which training ends, whatever the epochs say; the rate still falls as if it went on."""

    epochs: float
    rate: float
    batch: int = 64
    seed: int = 0
    stop: int | None = None


def fit(start: str | Path, out: Path, pairs: Sequence[Pair], schedule: Schedule) -> None:
    """Fine-tune the model in `start` on `pairs` and save it to `out`; goes on from the newest checkpoint in `out`."""
    torch.manual_seed(schedule.seed)
    tokenizer = AutoTokenizer.from_pretrained(start)
    model = AutoModelForSequenceClassification.from_pretrained(start, num_labels=OUTPUTS, ignore_mismatched_sizes=True)
    for parameter in model.base_model.embeddings.parameters():
        parameter.requires_grad = False
    trainer = Trainer(
        model=model,
        args=_arguments(out, schedule),
        train_dataset=encode(tokenizer, pairs),
        data_collator=Collate(tokenizer.pad_token_id),
        compute_loss_func=loss,
        processing_class=tokenizer,
        callbacks=[Stop(schedule.stop)] if schedule.stop else [],
    )
    trainer.train(resume_from_checkpoint=any(out.glob("checkpoint-*")))
    trainer.save_model(str(out))
    tokenizer.save_pretrained(out)


def loss(outputs: object, labels: torch.Tensor, num_items_in_batch: object = None) -> torch.Tensor:
    """Cross-entropy over the relation (a conflict counts twice) plus KIND_SHARE times that over the kind.

    `labels` has shape (batch, 2): relation, kind or NO_KIND. A NO_CONFLICT row's loss is −log(1 − P(conflict)).
    """
    del num_items_in_batch
    logits = outputs["logits"] if isinstance(outputs, dict) else outputs.logits  # type: ignore[attr-defined]
    shares = torch.log_softmax(logits[:, :RELATIONS].float(), dim=1)
    open_share = torch.logsumexp(shares[:, : Relation.CONFLICT], dim=1, keepdim=True)
    each = -torch.cat([shares, open_share], dim=1).gather(1, labels[:, :1]).squeeze(1)
    weights = torch.tensor(RELATION_WEIGHTS)[labels[:, 0]]
    total = (each * weights).sum() / weights.sum()
    if bool((labels[:, 1] != NO_KIND).any()):
        total = total + KIND_SHARE * functional.cross_entropy(
            logits[:, RELATIONS:].float(), labels[:, 1], ignore_index=NO_KIND
        )
    return total


def encode(tokenizer: object, pairs: Sequence[Pair]) -> list[dict[str, list[int]]]:
    texts, messages = [pair.statement for pair in pairs], [pair.message for pair in pairs]
    tokens = tokenizer(texts, messages, truncation="longest_first", max_length=LONGEST)  # type: ignore[operator]
    return [
        {"input_ids": ids, "token_type_ids": types, "labels": [int(p.relation), p.kind]}
        for ids, types, p in zip(tokens["input_ids"], tokens["token_type_ids"], pairs, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Collate:
    """Pads a batch to its longest row."""

    pad: int

    def __call__(self, rows: Sequence[dict[str, list[int]]]) -> dict[str, torch.Tensor]:
        longest = max(len(row["input_ids"]) for row in rows)
        return {
            "input_ids": torch.tensor(
                [row["input_ids"] + [self.pad] * (longest - len(row["input_ids"])) for row in rows]
            ),
            "token_type_ids": torch.tensor(
                [row["token_type_ids"] + [0] * (longest - len(row["token_type_ids"])) for row in rows]
            ),
            "attention_mask": torch.tensor(
                [[1] * len(row["input_ids"]) + [0] * (longest - len(row["input_ids"])) for row in rows]
            ),
            "labels": torch.tensor([row["labels"] for row in rows]),
        }


class Stop(TrainerCallback):
    """Ends training after `steps` steps."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: object) -> None:
        control.should_training_stop = control.should_training_stop or state.global_step >= self.steps


def _arguments(out: Path, schedule: Schedule) -> TrainingArguments:
    return TrainingArguments(
        output_dir=str(out),
        use_cpu=True,
        bf16=True,
        seed=schedule.seed,
        num_train_epochs=schedule.epochs,
        per_device_train_batch_size=schedule.batch,
        learning_rate=schedule.rate,
        lr_scheduler_type="linear",
        warmup_steps=0.06,
        weight_decay=0.01,
        optim="adamw_torch_fused",
        train_sampling_strategy="group_by_length",
        logging_steps=50,
        save_steps=400,
        save_total_limit=1,
        report_to="none",
        remove_unused_columns=False,
        disable_tqdm=True,
    )
