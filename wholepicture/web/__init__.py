"""The pages: one folder per journey, thin views, presenters and design-system templates."""
