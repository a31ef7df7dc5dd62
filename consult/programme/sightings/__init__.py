"""What people saw at a place: sightings joined to cases, which a body ends by a day, and who reported is asked."""
