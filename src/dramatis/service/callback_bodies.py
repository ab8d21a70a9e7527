"""What is told of a job to the address that its maker gave: Kling's task at each change, OpenAI's event when a film is over."""

from dramatis.service.records import Plain, ServiceJob

KLING, OPENAI = "kling", "openai"
_STATUS = {"queued": "submitted", "paused": "submitted", "running": "processing", "done": "succeed"}
_EVENTS = {"done": "video.completed", "failed": "video.failed", "cancelled": "video.failed"}


def body_of(job: ServiceJob, url: str, name: str, now: float) -> Plain | None:
    """What is told now; None for nothing. `url` is where the film is, `name` the event's id."""
    if job.wire == KLING:
        return kling_task(job, url)
    if job.state not in _EVENTS:
        return None
    return {"id": name, "object": "event", "type": _EVENTS[job.state], "created_at": int(now), "data": {"id": job.id}}


def kling_status(job: ServiceJob) -> str:
    """Kling's word for a state."""
    return _STATUS.get(job.state, "failed")


def kling_task(job: ServiceJob, url: str) -> Plain:
    """A job as Kling's task; `url` is where its film is."""
    made = job.result or {}
    video = {"id": job.id, "url": url, "duration": f"{made.get('seconds', 0.0):g}"}
    error = (job.error or {}).get("message", "The task was cancelled." if job.state == "cancelled" else "")
    return {
        "task_id": job.id,
        "task_status": kling_status(job),
        "task_status_msg": error or " ".join(job.notes),
        "task_info": {"external_task_id": job.external or ""},
        "task_result": {"videos": [video] if job.state == "done" else []},
        "created_at": int(1000 * job.created),
        "updated_at": int(1000 * (job.finished or job.started or job.created)),
    }
