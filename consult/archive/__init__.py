"""The sealed archive of a matter (gói lưu trữ): all of it that is public as one ZIP, which opens from a disk without the
site and is checked without it; and what programs follow a matter by."""
