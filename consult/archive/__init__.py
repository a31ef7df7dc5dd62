"""The sealed archive of a matter (gói lưu trữ): all of it that is public as one ZIP, which opens from a disk and is
checked without the site; and what programs follow a matter by."""
