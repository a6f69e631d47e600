"""What people hand in: files that come piece by piece over poor networks, and what photos tell of themselves."""

from workflows.uploads.beginning import UploadLimits, begin_upload, finish_upload, give_up, upload_of
from workflows.uploads.expiring import expiring
from workflows.uploads.models import Photo, Upload
from workflows.uploads.photos import keep_facts, photos_by_digest

__all__ = [
    "Photo",
    "Upload",
    "UploadLimits",
    "begin_upload",
    "expiring",
    "finish_upload",
    "give_up",
    "keep_facts",
    "photos_by_digest",
    "upload_of",
]
